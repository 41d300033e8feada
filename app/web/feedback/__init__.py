"""The pages of objections: the form under an answer, and the list that maintainers work off."""
