using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Annotator.Tests.Abuse;

/// <summary>What a page would run, frame, send or ask for that is not the program's own.</summary>
internal static class Markup
{
    private static readonly Url Page = new("http://own.example/");

    private static readonly string[] Never =
    [
        "iframe", "frame", "frameset", "object", "embed", "applet", "base", "math", "style", "foreignobject", "animate", "set", "use",
        "image", "marquee", "portal", "video", "audio", "source", "isindex", "noscript",
    ];

    private static readonly string[] Fetching =
    [
        "src", "srcset", "data", "poster", "background", "ping", "xlink:href", "srcdoc", "formaction", "action", "manifest",
    ];

    /// <summary>All of it, each in words.</summary>
    public static IEnumerable<string> FaultsOf(string html, bool isPage = true)
    {
        var document = new HtmlParser().ParseDocument(html);
        return document.All.SelectMany(e => FaultsOf(e, isPage));
    }

    private static IEnumerable<string> InTemplate(IHtmlTemplateElement template, bool isPage) =>
        isPage ? template.Content.QuerySelectorAll("*").SelectMany(e => FaultsOf(e, isPage)) : ["<template>"];

    private static IEnumerable<string> FaultsOf(IElement element, bool isPage)
    {
        var name = element.LocalName.ToLowerInvariant();
        // The frame of each page has one, before which all addresses are.
        if (Never.Contains(name, StringComparer.Ordinal) && !(isPage && name is "base" && element.GetAttribute("href") is "/"))
            yield return $"<{name}>";
        foreach (var fault in element is IHtmlTemplateElement template ? InTemplate(template, isPage) : [])
            yield return fault;
        if (name is "script" && (!isPage || element.TextContent.Trim().Length > 0 || !IsOwn(element.GetAttribute("src"))))
            yield return element.OuterHtml;
        if (name is "meta" && element.GetAttribute("http-equiv") is not null)
            yield return element.OuterHtml;
        if (name is "link" && !(isPage && IsOwn(element.GetAttribute("href"))))
            yield return element.OuterHtml;
        foreach (var attribute in element.Attributes)
        {
            var (key, value) = (attribute.Name.ToLowerInvariant(), attribute.Value);
            if (key.StartsWith("on", StringComparison.Ordinal))
                yield return $"{name} {key}={value}";
            if (Fetching.Contains(key, StringComparer.Ordinal) && !IsOwn(value))
                yield return $"{name} {key}={value}";
            if (key is "href" && name is not "link" && !IsFollowable(value))
                yield return $"{name} {key}={value}";
            if (key is "style" && value.Contains("url(", StringComparison.OrdinalIgnoreCase))
                yield return $"{name} {key}={value}";
        }
    }

    // Read as a browser does, from a page of this server.
    private static bool IsOwn(string? address) => address is not null && new Url(Page, address).Host is "own.example";

    private static bool IsFollowable(string address) => new Url(Page, address).Scheme is "http" or "https" or "mailto";
}
