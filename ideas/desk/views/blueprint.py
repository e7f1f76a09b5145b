"""The desk's own pages hang here."""

from flask import Blueprint

bp = Blueprint("desk", __name__)
