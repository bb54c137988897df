using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>
/// Stores many drafts with the authors and times that they came with: what they are about (<see cref="DraftTargets"/>), who wrote them
/// (<see cref="BatchPeople"/>), in which languages. Lives as long as one transaction.
/// </summary>
/// <param name="makesGroups"><see cref="WriteMode.MakesGroups"/>.</param>
internal sealed partial class AnnotationBatch(AnnotatorDb db, LanguageDetector detector, DateTimeOffset now, bool makesGroups)
{
    private readonly DraftTargets _targets = new(db, detector, now);
    private readonly BatchPeople _people = new(db, now, makesGroups);
    private readonly HashSet<Guid> _known = [];
    private readonly List<DraftRow> _rows = [];

    /// <summary>Reads what is there of everything that the drafts mention.</summary>
    public async Task LoadAsync(IReadOnlyList<AnnotationDraft> drafts, CancellationToken ct)
    {
        var ids = drafts.Select(d => d.Id).ToArray();
        _known.UnionWith(await db.Annotations.Where(a => ids.Contains(a.Id)).Select(a => a.Id).ToListAsync(ct));
        await _targets.LoadAsync(drafts, ct);
        await _people.LoadAsync(drafts, ct);
    }

    /// <summary>Whether the annotation is stored already or stands earlier in the batch.</summary>
    public bool Knows(Guid id) => _known.Contains(id);

    /// <summary>Finds or makes the source, passage, author and group of a draft, and adds it to the batch.</summary>
    /// <exception cref="Missing">The draft names a source or passage that is not there.</exception>
    /// <exception cref="Forbidden">Nobody is known to be the author, or the author may not write in the group.</exception>
    /// <exception cref="Invalid">The draft says it was created in the future.</exception>
    public void Add(AnnotationDraft draft)
    {
        _targets.RequireNamed(draft);
        var provenance = draft.Provenance ?? throw new Forbidden("sign_in");
        if (provenance.Created > _people.LatestTime)
            throw new Invalid("created", "in_the_future");
        var author = _people.PersonOf(provenance);
        var group = _people.GroupOf(draft.GroupId, author.Id);
        var inPublic = draft.Shared && group.Kind is not GroupKind.Private && !author.IsSilenced;
        var target = _targets.Of(draft, inPublic);
        if (inPublic)
            Touch(target.Source, provenance.Created);
        _known.Add(draft.Id);
        _rows.Add(new DraftRow(target, author.Id, group));
    }

    private async Task CompleteAsync(CancellationToken ct)
    {
        _targets.RecogniseLanguages(_rows.ConvertAll(r => r.Target));
        var languages = await CommentLanguagesAsync(ct);
        for (var i = 0; i < languages.Length; i++)
            _rows[i].Annotation = Annotation.Write(_rows[i].Target, _rows[i].AuthorId, languages[i], now);
    }

    /// <summary>A draft with everything it needs.</summary>
    private sealed record DraftRow(DraftTarget Target, Guid AuthorId, Group Group)
    {
        public AnnotationDraft Draft => Target.Draft;

        /// <summary>Written once its language is known.</summary>
        public Annotation? Annotation { get; set; }
    }
}
