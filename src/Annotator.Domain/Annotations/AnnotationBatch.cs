using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Passages;
using Annotator.Domain.People;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>
/// Finds or makes the source, passage, author and group of each draft of a batch, with one query per kind of thing.
/// Lives as long as one transaction.
/// </summary>
internal sealed partial class AnnotationBatch(AnnotatorDb db, LanguageDetector detector, DateTimeOffset now, bool makesGroups)
{
    private readonly Dictionary<Guid, Source> _sourcesByUri = [];
    private readonly Dictionary<Guid, Source> _sources = [];
    private readonly Dictionary<Guid, Passage> _passages = [];
    private readonly Dictionary<(Guid Source, Guid Words), List<Passage>> _passagesByWords = [];
    private readonly Dictionary<(string Name, string Authority), Person> _people = [];
    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<(string Group, Guid Person)> _memberships = [];
    private readonly HashSet<Guid> _known = [];
    private readonly List<DraftRow> _rows = [];

    private DateTimeOffset LatestTime => now + Annotation.MostAhead;

    /// <summary>Reads what is there of everything that the drafts mention.</summary>
    /// <param name="author">As for <see cref="Add"/>.</param>
    public async Task LoadAsync(IReadOnlyList<AnnotationDraft> drafts, Guid? author, CancellationToken ct)
    {
        var ids = drafts.Select(d => d.Id).ToArray();
        _known.UnionWith(await db.Annotations.Where(a => ids.Contains(a.Id)).Select(a => a.Id).ToListAsync(ct));
        await LoadSourcesAsync(drafts, ct);
        await LoadPassagesAsync(drafts, ct);
        await LoadPeopleAsync(drafts, author, ct);
    }

    /// <summary>Whether the annotation is stored already or stands earlier in the batch.</summary>
    public bool Knows(Guid id) => _known.Contains(id);

    /// <summary>Finds or makes the source, passage, author and group of a draft, and adds it to the batch.</summary>
    /// <param name="author">Who writes, unless the draft names its author.</param>
    /// <exception cref="NotFound">The draft names a source or passage that is not there.</exception>
    /// <exception cref="Forbidden">Nobody is known to be the author, or the author may not write in the group.</exception>
    /// <exception cref="Invalid">The draft says it was created in the future.</exception>
    public void Add(AnnotationDraft draft, Guid? author)
    {
        RequireNamed(draft);
        if (draft.Provenance is null && author is null)
            throw new Forbidden("sign_in");
        if (draft.Provenance?.Created > LatestTime)
            throw new Invalid("created", "in_the_future");
        var authorId = draft.Provenance is { } provenance ? PersonOf(provenance).Id : author.GetValueOrDefault();
        var group = GroupOf(draft.GroupId, authorId);
        var inPublic = draft.Shared && group.Kind is not GroupKind.Private;
        var source = SourceOf(draft, inPublic);
        var (passage, isNew) = draft.References.Count > 0 ? (null, false) : PassageOf(draft, source, inPublic);
        if (inPublic)
            Touch(source, draft.Provenance?.Created ?? now);
        _known.Add(draft.Id);
        _rows.Add(new DraftRow(draft, source, passage, isNew, authorId, group));
    }

    private async Task CompleteAsync(CancellationToken ct)
    {
        RecogniseSources();
        var languages = await CommentLanguagesAsync(ct);
        for (var i = 0; i < languages.Length; i++)
            _rows[i].Annotation = Written(_rows[i], languages[i]);
    }

    private Annotation Written(DraftRow row, string language)
    {
        var draft = row.Draft;
        var annotation = Annotation.Write(
            draft.Id,
            new AnnotationContext(row.AuthorId, draft.GroupId, draft.References),
            new AnnotationTarget(row.Source.Id, row.Passage?.Id, draft.Source?.Uri ?? row.Source.KnownUri, draft.SnapshotId),
            new AnnotationContent(draft.Body, language, draft.Language is not null, draft.Tags, draft.Shared) { Received = draft.Received },
            draft.Provenance?.Created ?? now,
            draft.Provenance?.Updated ?? now
        );
        annotation.Cite(row.Unknown);
        return annotation;
    }

    /// <summary>A draft with everything it needs.</summary>
    private sealed record DraftRow(AnnotationDraft Draft, Source Source, Passage? Passage, bool IsNewPassage, Guid AuthorId, Group Group)
    {
        /// <summary>Title and author that the draft gives, as far as not everybody knew them by then: later drafts of the batch publish more.</summary>
        public (string? Title, string? Author) Unknown { get; } = Source.Unknown(Draft.Source);

        /// <summary>Written once its language is known.</summary>
        public Annotation? Annotation { get; set; }
    }
}
