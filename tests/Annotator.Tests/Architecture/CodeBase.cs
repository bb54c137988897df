using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace Annotator.Tests.Architecture;

/// <summary>That one type uses another, in a signature or in the body of a method.</summary>
internal sealed record Use(string From, string FromNamespace, string To, string ToNamespace)
{
    public override string ToString() => $"{From} uses {To}";
}

/// <summary>Our assemblies as they were compiled.</summary>
internal static class CodeBase
{
    public const string Domain = "Annotator.Domain";
    public const string Web = "Annotator.Web";
    public const string EmbeddedPostgres = "Annotator.EmbeddedPostgres";

    /// <summary>Types that break the rules on purpose, in folders named like those of the program.</summary>
    public const string Guilty = "Annotator.Tests.Architecture.Guilty";

    public static readonly System.Reflection.Assembly[] Production =
        [
            typeof(Annotator.EmbeddedPostgres.EmbeddedPostgresServer).Assembly,
            typeof(Annotator.Domain.Data.AnnotatorDb).Assembly,
            typeof(Program).Assembly,
        ];

    private static readonly Lazy<IReadOnlyList<Use>> All = new(() =>
        [.. new ArchLoader().LoadAssemblies([.. Production, typeof(CodeBase).Assembly]).Build().Types.SelectMany(UsesOf).Distinct()]);

    /// <summary>What the types below a namespace use.</summary>
    public static IReadOnlyList<Use> UsesIn(string root) => [.. All.Value.Where(use => IsIn(use.FromNamespace, root))];

    public static bool IsIn(string name, string root) =>
        name.StartsWith(root, StringComparison.Ordinal) && (name.Length == root.Length || name[root.Length] is '.' or '+' or '/');

    /// <summary>
    /// The part of a namespace below a root: <c>Sources</c> of <c>Annotator.Domain.Sources.Texts</c>; empty outside of it.
    /// </summary>
    public static string FeatureOf(string name, string root) =>
        IsIn(name, root) && name.Length > root.Length ? name[(root.Length + 1)..].Split('.')[0] : "";

    private static IEnumerable<Use> UsesOf(IType type) =>
        type.Dependencies.Where(d => d.Target is not GenericParameter)
            .Select(d => new Use(type.FullName, type.Namespace.FullName, d.Target.FullName, d.Target.Namespace.FullName));
}
