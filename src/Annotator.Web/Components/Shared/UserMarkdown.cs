using Annotator.Domain.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Annotator.Web.Components.Shared;

/// <summary>
/// Rendered Markdown of somebody's comment. Here and in <see cref="SnapshotMarkup"/> alone, HTML made elsewhere enters a page.
/// </summary>
public sealed class UserMarkdown : ComponentBase
{
    [Parameter, EditorRequired]
    public string Markdown { get; set; } = "";

    /// <summary>BCP 47 tag of the text.</summary>
    [Parameter, EditorRequired]
    public string Language { get; set; } = "";

    [Inject]
    private MarkdownCache Rendered { get; set; } = default!;

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "div");
        builder.AddAttribute(1, "class", "prose");
        builder.AddAttribute(2, "lang", LanguageMarkup.LangOf(Language));
        builder.AddAttribute(3, "dir", LanguageMarkup.DirectionOf(Language));
#pragma warning disable RS0030 // Its HTML is sanitised: MarkdownRenderer.ToHtml.
        builder.AddContent(4, new MarkupString(Rendered.ToHtml(Markdown)));
#pragma warning restore RS0030
        builder.CloseElement();
    }
}
