using System.Linq.Expressions;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources.Texts;

namespace Annotator.Domain.Sources;

/// <summary>The text of a source as it was at a time. It never changes: a newer text is another snapshot.</summary>
public sealed class Snapshot
{
    public Guid Id { get; private set; }
    public Guid SourceId { get; private set; }
    public Guid AddedById { get; private set; }

    /// <summary>False: only who added it reads it.</summary>
    public bool Shared { get; private set; }

    /// <summary>Media type of what it was made from.</summary>
    public string Format { get; private set; } = "";
    public DateTimeOffset Added { get; private set; }

    /// <summary>Sanitised markup, see <see cref="ExtractedText.Html"/>; its text nodes outside of <c>rt</c> and <c>rp</c> are <see cref="Text"/>.</summary>
    public string Html { get; private set; } = "";

    /// <summary>What positions count in, by Unicode code points.</summary>
    public string Text { get; private set; } = "";

    private Snapshot() { }

    public static Snapshot Of(Guid sourceId, ExtractedText text, bool shared, Guid person, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            SourceId = sourceId,
            AddedById = person,
            Shared = shared,
            Format = text.Format,
            Added = now,
            Html = text.Html,
            Text = text.Text,
        };

    /// <summary>Who may remove a text or say who reads it.</summary>
    public static bool MayChange(Viewer viewer, Guid addedById) => viewer.PersonId == addedById || viewer.IsAdministrator;

    /// <summary>The one rule of who may read the text of a source.</summary>
    public static Expression<Func<Snapshot, bool>> For(Viewer viewer)
    {
        var person = viewer.PersonId;
        return person is null ? s => s.Shared : s => s.Shared || s.AddedById == person;
    }
}

/// <summary>Lists of snapshots.</summary>
public static class Snapshots
{
    public static IQueryable<Snapshot> VisibleTo(this IQueryable<Snapshot> snapshots, Viewer viewer) => snapshots.Where(Snapshot.For(viewer));
}
