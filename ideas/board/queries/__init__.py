"""Finding ideas: the door to one, the list of many, the words beside them."""

from ideas.board.queries.door import topic_by, topics, visible_idea

__all__ = ["topic_by", "topics", "visible_idea"]
