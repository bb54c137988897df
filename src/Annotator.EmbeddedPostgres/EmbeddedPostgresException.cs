namespace Annotator.EmbeddedPostgres;

/// <summary>The embedded server cannot work. The message is one line: what was tried, what stood in the way, the remedy.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the same may work later without this program: when space is freed, or a recovery has ended.</summary>
    public bool MayHeal { get; init; }
}
