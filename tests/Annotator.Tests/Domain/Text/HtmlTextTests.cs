using AngleSharp.Html.Parser;
using Annotator.Domain.Text;
using CsCheck;

namespace Annotator.Tests.Domain.Text;

public sealed class HtmlTextTests
{
    [Fact]
    public void A_browser_reads_what_was_escaped() =>
        Pieces.OneOf("<", ">", "&", "\"", "'", "\u00a0", "a", "&amp;", "中", "</p>").List[0, 12].Select(string.Concat).Sample(text =>
        {
            var document = new HtmlParser().ParseDocument($"<p title=\"{HtmlText.EscapeAttribute(text)}\">{HtmlText.Escape(text)}</p>");
            var element = Assert.Single(document.Body!.Children);
            Assert.Equal(text, element.TextContent);
            Assert.Equal(text, element.GetAttribute("title"));
        });
}
