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
}

/// <summary>What counting and ranking need of the annotation of a hit, as the viewer may see it.</summary>
/// <param name="PassageLanguage">Of what it is about: the quoted passage, else the source.</param>
internal sealed record HitFacts(
    HitSource Source, bool IsHighlight, string Language, string PassageLanguage, string[] Tags, string Username, string GroupId)
{
    /// <param name="visible">Annotations that the viewer sees.</param>
    public static async Task<Dictionary<Guid, HitFacts>> ReadAsync(
        AnnotatorDb db, Viewer viewer, IQueryable<Annotation> visible, CancellationToken ct)
    {
        var rows = await visible
            .Select(a => new
            {
                a.Id,
                a.SourceId,
                IsHighlight = a.Body == "",
                a.Language,
                PassageLanguage = a.Passage!.Language,
                a.Tags,
                a.Author!.Username,
                a.GroupId,
            })
            .ToListAsync(ct);
        // Many hits are about few sources.
        var ids = rows.Select(r => r.SourceId).Distinct().ToArray();
        var sources = await db.SourceFactsOf(db.Sources.Where(s => ids.Contains(s.Id)), viewer)
            .Select(s => new HitSource(s.Id, s.Title, s.Language))
            .ToDictionaryAsync(s => s.Id, ct);
        // One may have been purged since the rows were read.
        return rows.Where(r => sources.ContainsKey(r.SourceId)).ToDictionary(r => r.Id, r =>
        {
            var source = sources[r.SourceId];
            return new HitFacts(source, r.IsHighlight, r.Language, r.PassageLanguage ?? source.Language, r.Tags, r.Username, r.GroupId);
        });
    }
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
