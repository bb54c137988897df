namespace Annotator.Tests.Architecture;

/// <summary>Who may know whom: the domain no web, the web no database, the domain's features only those before them.</summary>
public sealed class LayerTests
{
    private static readonly string[] WebFrameworks = ["Microsoft.AspNetCore", "Microsoft.JSInterop", "MudBlazor", "Serilog"];

    /// <summary>The table of the keys that protect cookies: the store holds it, nothing else in the domain knows it.</summary>
    private const string KeysInTheStore = "Microsoft.AspNetCore.DataProtection.EntityFrameworkCore";

    private static readonly string[] Databases =
    [
        "Microsoft.EntityFrameworkCore", "Npgsql", "Annotator.Domain.Data", CodeBase.Guilty + ".Domain.Data",
    ];

    /// <summary>Each feature may use those before it. <c>Data</c> is the store: it knows all, and all use it.</summary>
    private static readonly string[] Order =
    [
        "Kernel", "Languages", "Text", "Analysis", "People", "Groups", "Access", "Changes", "Sources", "Passages", "Annotations", "Reading",
        "Search", "Exchange",
    ];

    [Fact]
    public void The_domain_knows_no_web() => Assert.Empty(WebInDomain(CodeBase.Domain));

    [Fact]
    public void A_domain_that_knows_the_web_is_caught() => AssertCaught(WebInDomain(CodeBase.Guilty + ".Domain"),
        "Kernel.KnowsHttp uses Microsoft.AspNetCore.Http.HttpContext", "Kernel.KnowsPasswords uses Microsoft.AspNetCore.Identity.",
        "Kernel.KnowsKeys uses Microsoft.AspNetCore.DataProtection.EntityFrameworkCore.DataProtectionKey",
        "Data.ProtectsThings uses Microsoft.AspNetCore.DataProtection.IDataProtector");

    [Fact]
    public void Only_hosting_and_commands_know_the_database() => Assert.Empty(DatabaseInWeb(CodeBase.Web));

    [Fact]
    public void A_page_that_asks_the_database_is_caught() => AssertCaught(DatabaseInWeb(CodeBase.Guilty + ".Web"),
        "Features.Home.AsksTheDatabase uses Microsoft.EntityFrameworkCore.",
        "Features.Home.AsksTheDatabase uses Annotator.Domain.Data.AnnotatorDb");

    [Fact]
    public void Features_of_the_domain_use_only_those_before_them() => Assert.Empty(OutOfOrder(CodeBase.Domain));

    [Fact]
    public void A_feature_that_looks_ahead_is_caught() => AssertCaught(OutOfOrder(CodeBase.Guilty + ".Domain"),
        "Kernel.KnowsPages uses Annotator.Tests.Architecture.Guilty.Domain.Search.LaterThing",
        "Kernel.KnowsPagesInside uses Annotator.Tests.Architecture.Guilty.Domain.Search.LaterThing",
        "Analysis.KnowsResults uses Annotator.Tests.Architecture.Guilty.Domain.Search.LaterThing",
        "Gossip.HasNoPlace has no place in the order");

    private static IEnumerable<string> WebInDomain(string root) =>
        from use in CodeBase.UsesIn(root)
        where WebFrameworks.Any(web => CodeBase.IsIn(use.ToNamespace, web))
        where !(CodeBase.IsIn(use.ToNamespace, "Microsoft.AspNetCore.Identity")
            && CodeBase.FeatureOf(use.FromNamespace, root) is "People" or "Data")
        where !(CodeBase.IsIn(use.ToNamespace, KeysInTheStore) && CodeBase.FeatureOf(use.FromNamespace, root) is "Data")
        select use.ToString();

    private static IEnumerable<string> DatabaseInWeb(string root) =>
        from use in CodeBase.UsesIn(root)
        where CodeBase.FeatureOf(use.FromNamespace, root) is not ("Hosting" or "Commands")
        where Databases.Any(database => CodeBase.IsIn(use.ToNamespace, database))
        select use.ToString();

    private static IEnumerable<string> OutOfOrder(string root)
    {
        foreach (var use in CodeBase.UsesIn(root))
        {
            var (from, to) = (PlaceOf(use.FromNamespace, root), PlaceOf(use.ToNamespace, root));
            if (from == "")
                yield return $"{use.From} has no place in the order";
            else if (from is not (null or "Data") && to is not (null or "Data") && Array.IndexOf(Order, to) > Array.IndexOf(Order, from))
                yield return use.ToString();
        }
    }

    /// <returns>Null outside of the domain, empty for a feature that the order does not name.</returns>
    private static string? PlaceOf(string name, string root)
    {
        if (!CodeBase.IsIn(name, root))
            return null;
        var feature = CodeBase.FeatureOf(name, root);
        return feature is "Data" || Order.Contains(feature) ? feature : "";
    }

    private static void AssertCaught(IEnumerable<string> found, params string[] expected)
    {
        var all = found.Select(f => f.Replace('/', '.')).ToList();
        Assert.All(expected, e => Assert.Contains(all, f => f.Contains(e, StringComparison.Ordinal)));
    }
}
