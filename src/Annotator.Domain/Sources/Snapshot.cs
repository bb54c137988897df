using System.Linq.Expressions;
using Annotator.Domain.Access;
using Annotator.Domain.Groups;
using Annotator.Domain.People;
using Annotator.Domain.Sources.Texts;

namespace Annotator.Domain.Sources;

/// <summary>The text of a source as it was at a time. It never changes: a newer text is another snapshot.</summary>
public sealed class Snapshot : IGuarded<Snapshot>
{
    public Guid Id { get; private set; }
    public Guid SourceId { get; private set; }
    public Guid AddedById { get; private set; }
    public Person? AddedBy { get; private set; }

    /// <summary>Public id of the group that reads it when it is shared.</summary>
    public string GroupId { get; private set; } = Viewer.PublicGroup;
    public Group? Group { get; private set; }

    /// <summary>False: only who added it reads it.</summary>
    public bool Shared { get; private set; }

    /// <summary>The address that the text came with; null when none came.</summary>
    public string? Uri { get; private set; }

    /// <summary>The title of the source as it came with the text; null when none came, or when everybody knows the source by it.</summary>
    public string? CitedTitle { get; private set; }

    /// <summary>The author of the source, likewise.</summary>
    public string? CitedAuthor { get; private set; }

    /// <summary>Media type of what it was made from.</summary>
    public string Format { get; private set; } = "";
    public DateTimeOffset Added { get; private set; }

    /// <summary>The removal of its source that took it along (<see cref="RemovedSource"/>); null otherwise.</summary>
    public Guid? RemovalId { get; private set; }

    /// <summary>
    /// Sanitised markup, see <see cref="ExtractedText.Html"/>; its text nodes outside of <c>rt</c> and <c>rp</c> are <see cref="Text"/>.
    /// </summary>
    public string Html { get; private set; } = "";

    /// <summary>What positions count in, by Unicode code points.</summary>
    public string Text { get; private set; } = "";

    public static Expression<Func<Snapshot, Standing>> Standing { get; } = s => new Standing
    {
        OwnerId = s.AddedById,
        GroupId = s.GroupId,
        GroupKind = s.Group!.Kind,
        IsShared = s.Shared,
        IsSilenced = s.AddedBy!.IsSilenced,
        IsDeleted = s.RemovalId != null,
    };

    private Snapshot() { }

    /// <summary>A new snapshot of what a reader extracted.</summary>
    /// <param name="person">Who adds it.</param>
    public static Snapshot Of(Guid sourceId, ExtractedText text, bool shared, string groupId, Guid person, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            SourceId = sourceId,
            AddedById = person,
            GroupId = groupId,
            Shared = shared,
            Format = text.Format,
            Added = now,
            Html = text.Html,
            Text = text.Text,
        };

    /// <summary>What came with the text about its source and is not known to everybody.</summary>
    internal Citation Cited => new(Uri, CitedTitle, CitedAuthor, null);

    /// <summary>Keeps title, author and address as they were given, where the public ones of the source are missing or differ.</summary>
    internal Snapshot Citing(Citation? given, Source source)
    {
        Uri = given?.Uri;
        (CitedTitle, CitedAuthor) = source.Unknown(given);
        return this;
    }
}
