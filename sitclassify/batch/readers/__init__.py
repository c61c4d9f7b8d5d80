"""Files, folders and standard input to texts and chats, streamed."""
