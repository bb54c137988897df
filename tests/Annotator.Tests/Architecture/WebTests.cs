namespace Annotator.Tests.Architecture;

/// <summary>Features of the web can be changed and removed one by one.</summary>
public sealed class WebTests
{
    [Fact]
    public void No_feature_knows_another() => Assert.Empty(FeaturesAcross(CodeBase.Web));

    [Fact]
    public void A_feature_that_knows_another_is_caught() => Assert.Equal(
        [$"{CodeBase.Guilty}.Web.Features.Home.KnowsAnotherFeature uses {CodeBase.Guilty}.Web.Features.Sources.SourceThing"],
        FeaturesAcross(CodeBase.Guilty + ".Web"));

    [Fact]
    public void Interfaces_and_pages_do_not_know_each_other() => Assert.Empty(ApiAndPages(CodeBase.Web));

    [Fact]
    public void A_page_that_knows_an_interface_is_caught_and_the_reverse() => Assert.Equal(
        [
            $"{CodeBase.Guilty}.Web.Api.Feeds.FeedThing uses {CodeBase.Guilty}.Web.Features.Sources.SourceThing",
            $"{CodeBase.Guilty}.Web.Features.Home.KnowsAnInterface uses {CodeBase.Guilty}.Web.Api.Feeds.FeedThing",
        ],
        ApiAndPages(CodeBase.Guilty + ".Web").Order(StringComparer.Ordinal));

    // What lies in Features itself belongs to no feature and may be used by all.
    private static IEnumerable<string> FeaturesAcross(string root) =>
        from use in CodeBase.UsesIn(root + ".Features")
        let one = CodeBase.FeatureOf(use.FromNamespace, root + ".Features")
        let other = CodeBase.FeatureOf(use.ToNamespace, root + ".Features")
        where one.Length > 0 && other.Length > 0 && !string.Equals(one, other, StringComparison.Ordinal)
        select use.ToString();

    private static IEnumerable<string> ApiAndPages(string root) =>
        from use in CodeBase.UsesIn(root)
        where (CodeBase.FeatureOf(use.FromNamespace, root), CodeBase.FeatureOf(use.ToNamespace, root)) is ("Api", "Features") or ("Features", "Api")
        select use.ToString();
}
