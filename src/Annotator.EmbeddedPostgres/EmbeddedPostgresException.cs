namespace Annotator.EmbeddedPostgres;

/// <summary>The embedded server cannot work. The message has what was tried, the limit that was met and the remedy.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? inner = null) : Exception(message, inner);
