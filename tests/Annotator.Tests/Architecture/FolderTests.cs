using System.Text.RegularExpressions;

namespace Annotator.Tests.Architecture;

/// <summary>Folders are what they look like: their names are the namespaces, and two of them do not hold each other up.</summary>
public sealed partial class FolderTests
{
    [Fact]
    public void Namespaces_are_the_folders() => Assert.Empty(SourceTree.Production.Concat(SourceTree.Tests).SelectMany(Misplaced));

    [Theory]
    [InlineData("src/Annotator.Web/Features/Home/X.cs", "namespace Annotator.Web.Features.Home;", 0)]
    [InlineData("src/Annotator.Web/Features/Home/X.cs", "namespace Annotator.Web.Features;", 1)]
    [InlineData("src/Annotator.Domain/X.cs", "// none, for all to see\nglobal using System;", 0)]
    [InlineData("tests/Annotator.Tests/Web/X.cs", "namespace Annotator.Tests.Domain\n{\n}", 1)]
    public void A_namespace_of_another_folder_is_caught(string path, string text, int found) =>
        Assert.Equal(found, Misplaced(new SourceFile(path, text)).Count());

    [Fact]
    public void Folders_of_the_domain_do_not_use_each_other_both_ways() => Assert.Empty(TwoWay(CodeBase.Domain));

    [Fact]
    public void Two_folders_that_use_each_other_are_caught() =>
        Assert.Equal(["Search and Search.Facets"], TwoWay(CodeBase.Guilty + ".Domain"));

    /// <summary>Groups of folders each of which reaches the others, by the names of the folders.</summary>
    internal static IEnumerable<string> Circles(string root)
    {
        var uses = Between(root, name => name.Split('.') is ["Features", var feature, ..] ? $"Features.{feature}" : name.Split('.')[0]);
        var folders = uses.Keys.Order(StringComparer.Ordinal).ToList();
        var reached = folders.ToDictionary(f => f, f => Reach(uses, f), StringComparer.Ordinal);
        return folders.Select(f => string.Join(", ", folders.Where(o => reached[f].Contains(o) && reached[o].Contains(f))))
            .Where(c => c.Length > 0)
            .Distinct(StringComparer.Ordinal);
    }

    // The store knows all that it stores, and all use it.
    private static IEnumerable<string> TwoWay(string root)
    {
        var uses = Between(root, name => name);
        return
            from one in uses.Keys.Order(StringComparer.Ordinal)
            from other in uses[one].Order(StringComparer.Ordinal)
            where string.CompareOrdinal(one, other) < 0 && uses.TryGetValue(other, out var back) && back.Contains(one)
            where !IsStore(one) && !IsStore(other)
            select $"{one} and {other}";
    }

    private static bool IsStore(string folder) => folder.Split('.')[0] is "Data";

    /// <summary>What each folder below a root uses of the others. The root itself composes them and is left out.</summary>
    private static Dictionary<string, HashSet<string>> Between(string root, Func<string, string> folderOf)
    {
        var uses = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var use in CodeBase.UsesIn(root))
        {
            if (Below(use.FromNamespace, root) is not { } from
                || Below(use.ToNamespace, root) is not { } to
                || string.Equals(folderOf(from), folderOf(to), StringComparison.Ordinal))
            {
                continue;
            }
            if (!uses.TryGetValue(folderOf(from), out var used))
                uses[folderOf(from)] = used = new HashSet<string>(StringComparer.Ordinal);
            used.Add(folderOf(to));
        }

        return uses;
    }

    private static string? Below(string name, string root) =>
        CodeBase.IsIn(name, root) && name.Length > root.Length ? name[(root.Length + 1)..] : null;

    private static HashSet<string> Reach(Dictionary<string, HashSet<string>> uses, string from)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>([from]);
        while (next.TryPop(out var folder))
        {
            foreach (var used in uses.GetValueOrDefault(folder) ?? [])
            {
                if (reached.Add(used))
                    next.Push(used);
            }
        }
        return reached;
    }

    // A file may have several in blocks, as those of the guilty types do; generated ones are of the tool.
    private static IEnumerable<string> Misplaced(SourceFile file)
    {
        if (!file.IsCSharp || file.IsGenerated || file.Path.Contains("/Guilty/", StringComparison.Ordinal))
            return [];
        var folder = string.Join('.', file.Path.Split('/')[1..^1]);
        return Declared().Matches(file.Text)
            .Select(m => m.Groups["name"].Value)
            .Where(name => !string.Equals(name, folder, StringComparison.Ordinal))
            .Select(name => $"{file.Path}: {name}");
    }

    [GeneratedRegex(
        @"^namespace (?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Declared();
}
