"""Finding comments: the talk under an idea, and one comment."""

from ideas.comments.queries.door import place_of, presses, visible_comment
from ideas.comments.queries.talk import blank_talk, strongest_points, talk

__all__ = ["blank_talk", "place_of", "presses", "strongest_points", "talk", "visible_comment"]
