using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Annotator.Tests.Architecture;

/// <summary>Annotations, texts and sources are queried through the rule of visibility, or for a reason that stands here.</summary>
public sealed class VisibilityRuleTests
{
    private static readonly string[] Guarded = ["Annotations", "Snapshots", "Sources"];
    private static readonly string[] Entities = ["Annotation", "Snapshot", "Source"];
    private static readonly string[] Rules = ["VisibleTo", "VisibleOrDeletedTo"];
    private static readonly string[] Writes = ["Add", "AddRange", "AttachRange"];

    /// <summary>File and member, and why no viewer's rights count there.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["AnnotatorDb.Sources"] = "the set itself",
        ["AnnotatorDb.Snapshots"] = "the set itself",
        ["AnnotatorDb.Annotations"] = "the set itself",
        ["VisibleSources.SourcesVisibleTo"] = "the rule for sources",
        ["ChangeRecorder.OfPassagesAsync"] = "records who sees a change, for all viewers",
        ["ReadershipChanges.OfGroupsAsync"] = "records who sees a change, for all viewers",
        ["ReadershipChanges.OfSilenceAsync"] = "records who sees a change, for all viewers",
        ["SourceTexts.RemoveAsync"] = "a text that the viewer was found to see and may change",
        ["SourceTexts.ShareAsync"] = "a text that the viewer was found to see and may change",
        ["SourceTexts.SourceOfAsync"] = "whoever has an address adds to the source of that address, whoever else writes there",
        ["SourceReader.TextAsync"] = "one of the texts that the viewer was found to see",
        ["ConditionReader.OfSourceAsync"] = "a filter: what it finds is checked as annotations",
        ["NamedHits.SourcesAsync"] = "what the viewer sees of these is asked afterwards",
        ["AnnotationSearch.RowsAsync"] = "sources of annotations that the viewer sees",
        ["IndexHit.ReadAsync"] = "sources of annotations that the viewer sees",
        ["AddressRenewal.ForgetCredentialsAsync"] = "the addresses of all",
        ["AddressRenewal.ClaimAsync"] = "the addresses of all",
        ["AddressRenewal.PartAsync"] = "the addresses of all",
        ["AddressRenewal.NameAsync"] = "the addresses of all",
        ["SourceAddresses.SettleAsync"] = "whether others wrote there counts, whoever sees it",
        ["SourceAddresses.IsCredibleAsync"] = "whether others wrote there counts, whoever sees it",
        ["SourceAddresses.FindAsync"] = "whoever runs the installation names a source",
        ["SourceMerging.MergeAsync"] = "all that is said about a source goes with it",
        ["SourceMerging.PartAsync"] = "all that is said about a source goes with it",
        ["SourceMerging.LockedAsync"] = "all that is said about a source goes with it",
        ["SourceMerging.UrisAsync"] = "all that is said about a source goes with it",
        ["SourceMerging.PartedAsync"] = "all that is said about a source goes with it",
        ["SourceMerging.PartPassagesAsync"] = "all that is said about a source goes with it",
        ["SourceMerging.ReindexAsync"] = "all that is said about a source goes with it",
        ["SourceTexts.PublishAsync"] = "the source of a text that the viewer was found to see and may change",
        ["IndexUpkeep.SweepAsync"] = "the index of all",
        ["IndexUpkeep.RebuildAsync"] = "the index of all",
        ["IndexUpkeep.EntriesAsync"] = "the index of all",
        ["DemoLibrary.RemoveAsync"] = "all that the people of the demo library wrote",
        ["AnnotationRecord.Of"] = "the source of an annotation that the viewer was found to see",
        ["AnnotationWriter.FollowAsync"] = "replies move with their root, whoever wrote them",
        ["AnnotationWriter.StoreOneAsync"] = "ids are unique over all annotations",
        ["AnnotationWriter.EditOnceAsync"] = "the source of an annotation that the viewer was found to see",
        ["SourceCorrection.IndexNotesAsync"] = "the search entries of all comments on a source that the viewer may correct",
        ["AddressCorrection.LeadAsync"] = "what was written under an address that a source has lost, whoever wrote it",
        ["AddressCorrection.NamedAsync"] = "the addresses of all on a source that the viewer may correct",
        ["PassageCorrection.CorrectAsync"] = "the search entries of all annotations on a passage",
        ["SourceRemoval.RemoveAsync"] = "the search entries of what was taken with a source that the viewer may remove",
        ["SourceRemoval.Taken"] = "all that is shared on a source that the viewer may remove",
        ["SourceRemoval.RestoreAsync"] = "what was taken with a source that the viewer may bring back, whoever wrote it",
        ["SourceRemoval.IndexAsync"] = "what was taken with a source that the viewer may bring back, whoever wrote it",
        ["SourceRemoval.PurgeAsync"] = "what was removed, whoever added it",
        ["AnnotationRemoval.RestoreAsync"] = "the source of an annotation that the viewer was found to see",
        ["AnnotationRemoval.PurgeAsync"] = "what was deleted, whoever wrote it",
        ["AnnotationRemoval.RemoveBareAsync"] = "what nobody speaks of",
        ["AnnotationWriter.RequirePublishableAsync"] =
            "a reply is no more public than what it answers, also where the viewer does not see that",
        ["AnnotationWriter.InThreadAsync"] = "the address of an annotation that the viewer was found to see",
        ["AnnotationBatch.LoadAsync"] = "ids are unique over all annotations",
        ["DraftTargets.LoadSourcesAsync"] = "whoever has an address writes on the source of that address, whoever else writes there",
    };

    [Fact]
    public void Annotations_texts_and_sources_are_queried_through_the_rule()
    {
        var found = SourceTree.Production.Where(f => f.IsCSharp && !f.IsGenerated).SelectMany(Unguarded).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], found.Except(Exceptions.Keys).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_exception_is_out_of_use()
    {
        var found = SourceTree.Production.Where(f => f.IsCSharp && !f.IsGenerated).SelectMany(Unguarded).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], Exceptions.Keys.Except(found).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("db.Annotations.Where(a => a.Shared)")]
    [InlineData("_db.Snapshots.AsNoTracking().VisibleTo(viewer)")]
    [InlineData("db.People.Where(p => db.Annotations.Any(a => a.AuthorId == p.Id))")]
    [InlineData("from s in db.Sources select s")]
    [InlineData("db.Set<Annotation>().Count()")]
    public void A_query_past_the_rule_is_caught(string query) => Assert.Equal(["Sneaky.Peek"], Unguarded(Peeking(query)));

    [Theory]
    [InlineData("db.Annotations.VisibleTo(viewer).Count()")]
    [InlineData("db.Annotations.VisibleOrDeletedTo(viewer).Count()")]
    [InlineData("db.SourcesVisibleTo(viewer).Count()")]
    [InlineData("db.Sources.Add(source)")]
    public void A_query_through_the_rule_is_not(string query) => Assert.Empty(Unguarded(Peeking(query)));

    private static SourceFile Peeking(string query) =>
        new("src/Annotator.Domain/Reading/Sneaky.Part.cs", $"class Sneaky {{ object Peek() => {query}; }}");

    private static IEnumerable<string> Unguarded(SourceFile file) => file.Root.DescendantNodes()
        .Where(n => n is MemberAccessExpressionSyntax access ? IsSet(access) : n is GenericNameSyntax name && IsSet(name))
        .Where(n => !IsFollowedByRule(n))
        .Select(n => $"{Path.GetFileName(file.Path).Split('.')[0]}.{MemberOf(n)}")
        .Distinct(StringComparer.Ordinal);

    private static bool IsSet(MemberAccessExpressionSyntax access) =>
        Guarded.Contains(access.Name.Identifier.Text, StringComparer.Ordinal)
            && access.Expression is IdentifierNameSyntax { Identifier.Text: "db" or "_db" };

    private static bool IsSet(GenericNameSyntax name) =>
        name.Identifier.Text is "Set"
            && name.TypeArgumentList.Arguments is [IdentifierNameSyntax type]
            && Entities.Contains(type.Identifier.Text, StringComparer.Ordinal);

    private static bool IsFollowedByRule(SyntaxNode set) =>
        set.Parent is MemberAccessExpressionSyntax next && next.Expression == set
        && Rules.Concat(Writes).Contains(next.Name.Identifier.Text, StringComparer.Ordinal);

    private static string MemberOf(SyntaxNode node) => node.Ancestors().Select(a => a switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        _ => null,
    }).FirstOrDefault(name => name is not null) ?? "";
}
