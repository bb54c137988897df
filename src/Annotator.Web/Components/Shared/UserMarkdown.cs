using Annotator.Domain.Text;
using Annotator.Web.Resources;
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

    /// <summary>Where all of it is, if it is one of many; else it is shown whole.</summary>
    [Parameter]
    public string? Rest { get; set; }

    /// <summary>The longest that one of many may be, see <see cref="Folding"/>.</summary>
    [Parameter]
    public int Most { get; set; } = Folding.Comment;

    [Inject]
    private Words L { get; set; } = default!;

    [Inject]
    private MarkdownCache Rendered { get; set; } = default!;

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var html = Rendered.ToHtml(Markdown);
        var size = Rest is null ? 0 : Folding.SizeOf(html);
        var beginning = size <= Most ? null : Folding.BeginningOf(Rendered.PlainText(Markdown), size, Most);
        builder.OpenElement(0, "div");
        builder.AddAttribute(1, "class", "prose");
        builder.AddAttribute(2, "lang", LanguageMarkup.LangOf(Language));
        builder.AddAttribute(3, "dir", LanguageMarkup.DirectionOf(Language));
#pragma warning disable RS0030 // It is sanitised, MarkdownRenderer.ToHtml, or escaped.
        builder.AddContent(4, new MarkupString(beginning is null ? html : $"<p class=\"beginning\">{HtmlText.Escape(beginning)}</p>"));
#pragma warning restore RS0030
        builder.CloseElement();
        if (Rest is not null && Folding.IsLong(Markdown))
            AddUnfolding(builder);
        if (beginning is null)
            return;
        builder.OpenElement(5, "p");
        builder.AddAttribute(6, "class", "rest");
        builder.OpenElement(7, "a");
        builder.AddAttribute(8, "href", Rest);
        builder.AddContent(9, L["Fold.Rest"]);
        builder.CloseElement();
        builder.CloseElement();
    }

    // Its first lines are seen until it is open: see .unfold in app.css.
    private void AddUnfolding(RenderTreeBuilder builder)
    {
        builder.OpenElement(10, "details");
        builder.AddAttribute(11, "class", "unfold");
        builder.OpenElement(12, "summary");
        foreach (var word in (string[])["Fold.More", "Fold.Less"])
        {
            builder.OpenElement(13, "span");
            builder.AddContent(14, L[word]);
            builder.CloseElement();
        }

        builder.CloseElement();
        builder.CloseElement();
    }
}
