"""House style: what a site always or never writes, from a small TOML file or JSON object."""

from service.detectors.house_style.check import KIND, find
from service.detectors.house_style.style import HouseStyle, read_style

__all__ = ["KIND", "HouseStyle", "find", "read_style"]
