"""方法说明: every method in three sentences for an official, with an example of this office."""

from services.methods.method import Method
from services.methods.page import methods

__all__ = ["Method", "methods"]
