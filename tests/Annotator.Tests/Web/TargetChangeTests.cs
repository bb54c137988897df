using Annotator.Domain.Annotations;
using Annotator.Web.Features.Annotations;

namespace Annotator.Tests.Web;

/// <summary>What the history shows of selectors, which are kept as they came.</summary>
public sealed class TargetChangeTests
{
    [Theory]
    [InlineData("""[{"type":"FragmentSelector","value":"x","conformsTo":"https://me:secret@host.example/spec"}]""")]
    [InlineData("""[{"type":"RangeSelector","startSelector":{"type":"XPathSelector","source":"https://me:secret@host.example/"}}]""")]
    [InlineData("""[{"type":"Choice","items":["https://me:secret@host.example/"]}]""")]
    public void A_password_in_an_address_is_not_shown(string selectors)
    {
        var change = Assert.Single(TargetChange.Between(Version(null), Version(selectors)));
        Assert.Contains("host.example", change.After, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", change.After, StringComparison.Ordinal);
    }

    [Fact]
    public void A_selector_is_a_line()
    {
        var change = Assert.Single(TargetChange.Between(
            Version(null), Version("""[{"start":3,"type":"TextPositionSelector","end":9,"refinedBy":{"type":"X","n":[1,"a"]}}]""")));
        Assert.Equal("TextPositionSelector · start: 3 · end: 9 · refinedBy: {type: X, n: [1, a]}", change.After);
    }

    private static RevisionView Version(string? selectors) =>
        new(1, "", "en", [], default) { Received = new Received { Selectors = selectors } };
}
