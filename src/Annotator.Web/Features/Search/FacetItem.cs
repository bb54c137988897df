namespace Annotator.Web.Features.Search;

/// <summary>One choice of a facet: following the link adds the filter, or takes it away when it is chosen.</summary>
public sealed record FacetItem(string Name, int Count, string Link, bool IsChosen);
