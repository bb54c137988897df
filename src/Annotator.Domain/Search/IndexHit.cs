using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Search;

/// <summary>A row of the index that matches.</summary>
/// <param name="Words">Its folded words (<see cref="Analysis.AnalyzedText.Words"/>); empty unless they were asked for.</param>
internal sealed record IndexHit(Guid Id, DateTimeOffset Created, string Words)
{
    /// <summary>Null unless they were asked for.</summary>
    public HitFacts? Facts { get; init; }

    /// <summary>The first of the entries whose annotations the viewer sees.</summary>
    /// <param name="entries">Newest first.</param>
    public static async Task<List<IndexHit>> ReadAsync(
        AnnotatorDb db, Viewer viewer, IQueryable<SearchEntry> entries, (int Count, HitParts Parts) wanted, CancellationToken ct)
    {
        var visible = entries
            .Join(db.Annotations.VisibleTo(viewer), e => e.AnnotationId, a => a.Id, (e, a) => new { Entry = e, Annotation = a })
            .OrderByDescending(v => v.Entry.Created).ThenByDescending(v => v.Entry.AnnotationId)
            .Take(wanted.Count);
        if (wanted.Parts is HitParts.None)
            return await visible.Select(v => new IndexHit(v.Entry.AnnotationId, v.Entry.Created, "")).ToListAsync(ct);
        // In the same statement: reading the annotations once more would cost as much again.
        var withWords = wanted.Parts is HitParts.ForRanking;
        var rows = await visible
            .Select(v => new
            {
                Hit = new IndexHit(v.Entry.AnnotationId, v.Entry.Created, withWords ? v.Entry.Words : ""),
                v.Annotation.SourceId,
                IsHighlight = v.Annotation.Body == "",
                v.Annotation.Language,
                PassageLanguage = v.Annotation.Passage!.Language,
                v.Annotation.Tags,
                v.Annotation.Author!.Username,
                v.Annotation.GroupId,
                GroupName = v.Annotation.Group!.Name,
            })
            .ToListAsync(ct);
        // Each source once: many hits are about few.
        var ids = rows.Select(r => r.SourceId).Distinct().ToArray();
        var sources = await db.SourceFactsOf(db.Sources.Where(s => ids.Contains(s.Id)), viewer)
            .Select(s => new HitSource(s.Id, s.Title, s.Language))
            .ToDictionaryAsync(s => s.Id, ct);
        // A source may have been purged since the rows were read.
        return rows.Where(r => sources.ContainsKey(r.SourceId)).Select(r =>
        {
            var source = sources[r.SourceId];
            return r.Hit with
            {
                Facts = new HitFacts(source, r.IsHighlight, r.Language, r.PassageLanguage ?? source.Language, r.Tags, r.Username)
                {
                    Group = (r.GroupId, r.GroupName),
                },
            };
        }).ToList();
    }
}

/// <summary>What counting and ranking need of the annotation of a hit, as the viewer may see it.</summary>
/// <param name="PassageLanguage">Of what it is about: the quoted passage, else the source.</param>
internal sealed record HitFacts(
    HitSource Source, bool IsHighlight, string Language, string PassageLanguage, string[] Tags, string Username)
{
    public required (string Id, string Name) Group { get; init; }
}

/// <summary>The source that a hit is about, as the viewer may see it.</summary>
internal sealed record HitSource(Guid Id, string Title, string Language);

/// <summary>What is read of each hit beside its id and time.</summary>
internal enum HitParts
{
    None,
    Facts,

    /// <summary>Its facts and its words.</summary>
    ForRanking,
}
