using Annotator.Domain.Languages;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

internal sealed partial class Intake
{
    /// <summary>Finds the source and the passage of a single draft, or adds them to the context, which tracks both.</summary>
    /// <exception cref="Kernel.NotFound">The draft names a source or passage that is not there.</exception>
    public async Task<(Source Source, Passage? Passage)> TargetAsync(AnnotationDraft draft, CancellationToken ct)
    {
        await LoadSourcesAsync([draft], ct);
        foreach (var tracked in db.ChangeTracker.Entries<Source>())
            Remember(tracked.Entity);
        await LoadPassagesAsync([draft], ct);
        RequireNamed(draft);
        var source = SourceOf(draft);
        var (passage, isNew) = draft.References.Count > 0 ? (null, false) : PassageOf(draft, source);
        var undetermined = LanguageTag.Undetermined.Value;
        if (_newSources.Count > 0 && string.Equals(source.Language, undetermined, StringComparison.Ordinal))
            source.CorrectLanguage(detector.Detect(string.Join('\n', [.. isNew ? [passage!.Quote.Exact] : Array.Empty<string>(), source.Title])).Value);
        if (isNew && string.Equals(passage!.Language, undetermined, StringComparison.Ordinal))
            passage.CorrectLanguage(detector.Detect(passage.Quote.Exact, null, Known(source.Language)).Value);
        db.Sources.AddRange(_newSources.Select(Indexed));
        if (db.Entry(source).State is EntityState.Detached)
            db.Attach(source);
        await RetitleAsync(ct);
        db.Passages.AddRange(_newPassages);
        return (source, passage);
    }
}
