using Annotator.Domain.Kernel;

namespace Annotator.Domain.Sources;

/// <summary>One of the addresses of a source. An address belongs to one source at most.</summary>
public sealed class SourceUri
{
    /// <summary>Hash of the normal form, by which addresses are compared. Unique; an address itself can be too long for an index.</summary>
    public Guid Key { get; private set; }
    public Guid SourceId { get; private set; }

    /// <summary>As it was given first; as it was given first in public, once it was.</summary>
    public string Uri { get; private set; } = "";

    /// <summary>False: it came with private annotations or texts only. Those who see none of them are not shown it.</summary>
    public bool IsPublic { get; private set; }
    public DateTimeOffset Added { get; private set; }

    /// <summary>The <see cref="UriNormalizer.Version"/> that made <see cref="Key"/>.</summary>
    public int Version { get; private set; }

    private SourceUri() { }

    internal static SourceUri Of(Guid sourceId, string uri, bool isPublic, DateTimeOffset now) => new()
    {
        Key = KeyOf(uri),
        SourceId = sourceId,
        Uri = uri,
        IsPublic = isPublic,
        Added = now,
        Version = UriNormalizer.Version,
    };

    /// <summary>The key of the normal form (<see cref="UriNormalizer"/>).</summary>
    public static Guid KeyOf(string uri) => TextKey.Of(UriNormalizer.Normalize(uri));

    /// <summary>The same address under its present key, for a source that may be another now.</summary>
    internal SourceUri Renewed(Guid sourceId) => Of(sourceId, Uri, IsPublic, Added);

    /// <param name="uri">The address as it was given in public.</param>
    internal void Publish(string uri) => (Uri, IsPublic) = (uri, true);

    /// <summary>Puts it before or after others: the earliest public address of a source is the one that is shown.</summary>
    internal void Move(DateTimeOffset added) => Added = added;
}
