using System.Globalization;
using Annotator.Domain.Search;
using Annotator.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace Annotator.Web.Features.Search;

/// <summary>The filters of the query in words; following one takes it away.</summary>
public sealed partial class Chips(TimeProvider clock)
{
    [Parameter, EditorRequired]
    public SearchAddress Address { get; set; } = default!;

    /// <summary>Of sources and groups, by their public id.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<string, string> Names { get; set; } = default!;

    /// <summary>What the filter is about, and its value; without a value where that says it all.</summary>
    private (string What, string Value) Shown(SearchFilter filter)
    {
        var (what, value) = (L[$"Filter.{filter.Field}"], filter.Value);
        return filter.Field switch
        {
            SearchField.Lang or SearchField.SourceLang => (what, LanguageMarkup.NameOf(value)),
            SearchField.Source or SearchField.Group => (what, Names.GetValueOrDefault(value, value)),
            SearchField.After or SearchField.Before => (what, Moment(value)),
            SearchField.Has or SearchField.Is => (what, ""),
            SearchField.Field => value.Split('=', 2) is [var key, var wanted] ? (key, wanted) : (value, "*"),
            _ => (what, value),
        };
    }

    // A date as exact as it was typed (year, month or day); an age such as 7d as the day it leads to.
    private string Moment(string value)
    {
        if (!SearchMoment.TryParse(value, clock.GetUtcNow(), out var moment))
            return value;
        return value.Count(c => !char.IsLetterOrDigit(c)) switch
        {
            0 when char.IsDigit(value[^1]) => moment.ToString("yyyy", CultureInfo.CurrentCulture),
            1 => moment.ToString("Y", CultureInfo.CurrentCulture),
            _ => LanguageMarkup.DateOf(moment),
        };
    }

    private static bool IsWritten(SearchFilter filter) =>
        filter.Field is SearchField.Tag or SearchField.User or SearchField.Group or SearchField.Source or SearchField.Field;
}
