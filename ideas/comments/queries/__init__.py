"""Finding comments: the talk under an idea, one comment, and how much somebody has said of late."""

from ideas.comments.queries.door import pace, place_of, presses, visible_comment
from ideas.comments.queries.talk import blank_talk, talk

__all__ = ["blank_talk", "pace", "place_of", "presses", "talk", "visible_comment"]
