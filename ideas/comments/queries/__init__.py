"""Finding comments: the talk under an idea, one comment, and how much somebody has said of late."""

from ideas.comments.queries.door import pace, place_of, presses, visible_comment
from ideas.comments.queries.talk import blank_talk, strongest_points, talk

__all__ = ["blank_talk", "pace", "place_of", "presses", "strongest_points", "talk", "visible_comment"]
