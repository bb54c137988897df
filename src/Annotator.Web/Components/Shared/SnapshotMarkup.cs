using Annotator.Domain.Reading;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Annotator.Web.Components.Shared;

/// <summary>The stored text of a source with its marks. Its markup was sanitised when it was stored.</summary>
public sealed class SnapshotMarkup : ComponentBase
{
    [Parameter, EditorRequired]
    public MarkedText Text { get; set; } = default!;

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
#pragma warning disable RS0030 // See the summary.
        builder.AddContent(0, new MarkupString(Text.Html));
#pragma warning restore RS0030
    }
}
