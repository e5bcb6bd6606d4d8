"""The questions and the gestures of a lesson, as they are answered on the screen."""
