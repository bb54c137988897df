using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;
using Annotator.Domain.Text;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace Annotator.Web.Components.Shared;

/// <summary>The preview of a link to a source, a passage or an annotation.</summary>
public sealed partial class LinkPreview
{
    /// <summary>Longest title and description: what the programs that show them cut anyway.</summary>
    private const int Most = 200;

    private Preview? _shown;

    [Parameter, EditorRequired]
    public Viewer Viewer { get; set; } = Viewer.Visitor;

    /// <summary>The page of a source.</summary>
    [Parameter]
    public SourceReading? Source { get; set; }

    /// <summary>The page of an annotation.</summary>
    [Parameter]
    public ThreadReading? Thread { get; set; }

    /// <summary>The annotation or passage that the address names.</summary>
    [Parameter]
    public Guid? Asked { get; set; }

    [Inject]
    private MarkdownCache Rendered { get; set; } = default!;

    [Inject]
    private AnnotatorOptions Options { get; set; } = default!;

    protected override void OnParametersSet()
    {
        if (Viewer.PersonId is not null)
            return;
        _shown = Thread is { } thread && thread.Thread.All.FirstOrDefault(a => a.Id == Asked) is { } annotation
            ? OfAnnotation(annotation, thread.Source, thread.Passage, $"/a/{annotation.PublicId}")
            : Source is { } source ? OfSource(source) : null;
    }

    private Preview OfSource(SourceReading reading)
    {
        var source = reading.Source;
        var path = $"/sources/{source.PublicId}";
        if (reading.Annotations.FirstOrDefault(a => a.Id == Asked) is { } annotation)
        {
            var quoted = reading.Passages.FirstOrDefault(p => p.Id == annotation.PassageId);
            return OfAnnotation(annotation, source, quoted, $"{path}?at={annotation.PublicId}");
        }
        if (reading.Passages.FirstOrDefault(p => p.Id == Asked) is { } passage)
            return Of(source.Title, passage.Quote.Exact, passage.Language, $"{path}?in={passage.PublicId}");
        var words = reading.Text?.Text ?? (reading.Passages.Count > 0 ? reading.Passages[0].Quote.Exact : "");
        return Of(source.Title, words, source.Language, path);
    }

    private Preview OfAnnotation(AnnotationView annotation, SourceView source, PassageView? passage, string path) =>
        annotation.IsHighlight
            ? Of(source.Title, passage?.Quote.Exact ?? "", passage?.Language ?? source.Language, path)
            : Of($"{annotation.Author.Name} · {source.Title}", Rendered.PlainText(annotation.Body), annotation.Language, path);

    private static Preview Of(string title, string words, string language, string path)
    {
        var beginning = Cut.Start(words, 4 * Most).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return new Preview(Cut.Words(title, Most), Cut.Words(string.Join(' ', beginning), Most), language, path);
    }

    /// <param name="Language">BCP 47 tag of the description.</param>
    /// <param name="Path">Address on this site.</param>
    private sealed record Preview(string Title, string Description, string Language, string Path);
}
