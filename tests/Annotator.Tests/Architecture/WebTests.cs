namespace Annotator.Tests.Architecture;

/// <summary>
/// Pages of the web can be changed and removed one by one. The root of Annotator.Web composes the program from its folders, so it
/// may use them all and is no part of these rules.
/// </summary>
public sealed class WebTests
{
    private static readonly string[] Edges = ["Api", "Features", "Manage"];

    [Fact]
    public void No_feature_knows_another() => Assert.Empty(FeaturesAcross(CodeBase.Web));

    [Fact]
    public void A_feature_that_knows_another_is_caught() => Assert.Equal(
        [
            $"{CodeBase.Guilty}.Web.Features.Home.KnowsAnotherFeature uses {CodeBase.Guilty}.Web.Features.Sources.SourceThing",
            $"{CodeBase.Guilty}.Web.Manage.Import.KnowsAnotherManagingPage uses {CodeBase.Guilty}.Web.Manage.Settings.SettingsThing",
        ],
        FeaturesAcross(CodeBase.Guilty + ".Web").Order(StringComparer.Ordinal));

    [Fact]
    public void Interfaces_reading_and_managing_pages_do_not_know_each_other() => Assert.Empty(AcrossEdges(CodeBase.Web));

    [Fact]
    public void A_page_that_knows_an_interface_or_the_other_zone_is_caught() => Assert.Equal(
        [
            $"{CodeBase.Guilty}.Web.Api.Feeds.FeedThing uses {CodeBase.Guilty}.Web.Features.Sources.SourceThing",
            $"{CodeBase.Guilty}.Web.Features.Home.KnowsAnInterface uses {CodeBase.Guilty}.Web.Api.Feeds.FeedThing",
            $"{CodeBase.Guilty}.Web.Manage.Import.KnowsAReadingPage uses {CodeBase.Guilty}.Web.Features.Sources.SourceThing",
        ],
        AcrossEdges(CodeBase.Guilty + ".Web").Order(StringComparer.Ordinal));

    [Fact]
    public void Nothing_lies_between_the_features() => Assert.Empty(BetweenFeatures(CodeBase.Web));

    [Fact]
    public void What_lies_between_the_features_is_caught() =>
        Assert.Equal([$"{CodeBase.Guilty}.Web.Features.BelongsToNoFeature"], BetweenFeatures(CodeBase.Guilty + ".Web"));

    [Fact]
    public void The_folders_of_the_web_form_no_circle() => Assert.Empty(FolderTests.Circles(CodeBase.Web));

    [Fact]
    public void A_part_that_knows_a_page_that_uses_it_is_caught() =>
        Assert.Equal(["Components, Features.Home, Hosting"], FolderTests.Circles(CodeBase.Guilty + ".Web"));

    private static IEnumerable<string> FeaturesAcross(string root) =>
        from zone in (string[])["Features", "Manage"]
        from use in CodeBase.UsesIn($"{root}.{zone}")
        let one = CodeBase.FeatureOf(use.FromNamespace, $"{root}.{zone}")
        let other = CodeBase.FeatureOf(use.ToNamespace, $"{root}.{zone}")
        where one.Length > 0 && other.Length > 0 && !string.Equals(one, other, StringComparison.Ordinal)
        select use.ToString();

    private static IEnumerable<string> AcrossEdges(string root) =>
        from use in CodeBase.UsesIn(root)
        let one = CodeBase.FeatureOf(use.FromNamespace, root)
        let other = CodeBase.FeatureOf(use.ToNamespace, root)
        where Edges.Contains(one, StringComparer.Ordinal)
            && Edges.Contains(other, StringComparer.Ordinal)
            && !string.Equals(one, other, StringComparison.Ordinal)
        select use.ToString();

    private static IEnumerable<string> BetweenFeatures(string root) =>
        CodeBase.UsesIn(root + ".Features")
            .Where(use => string.Equals(use.FromNamespace, root + ".Features", StringComparison.Ordinal))
            .Select(use => use.From)
            .Distinct(StringComparer.Ordinal);
}
