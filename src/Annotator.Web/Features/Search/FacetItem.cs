namespace Annotator.Web.Features.Search;

/// <summary>One choice of a facet: following the link adds the filter, or takes it away when it is chosen.</summary>
/// <param name="Count">Null where nobody counted: it was chosen, and others are more frequent.</param>
public sealed record FacetItem(string Name, int? Count, string Link, bool IsChosen);
