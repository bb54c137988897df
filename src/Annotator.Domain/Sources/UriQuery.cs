using System.Collections.Frozen;

namespace Annotator.Domain.Sources;

/// <summary>Normal form of URL queries: parameters sorted by name, without those for tracking.</summary>
internal static class UriQuery
{
    private const string SafeInName = "-._~:@!$'()*,";
    private const string SafeInValue = SafeInName + "=";

    // A flag (a parameter without "=") is often an address itself, as in "?https://…" of a proxy, so more characters stay
    // unescaped.
    private const string SafeInFlag = SafeInName + "/?;+";

    /// <summary>
    /// Click identifiers and campaign names that mail and advertising programs append to links. Whole names only: utm_zone and utm_x
    /// are coordinates of maps.
    /// </summary>
    private static readonly FrozenSet<string> Tracking = FrozenSet.ToFrozenSet(
        [
            "utm_campaign", "utm_content", "utm_medium", "utm_source", "utm_term", "utm_id", "utm_source_platform", "utm_creative_format",
            "utm_marketing_tactic", "utm_name", "utm_brand", "utm_social", "utm_social-type", "utm_cid", "utm_reader", "utm_pubreferrer",
            "utm_swu", "utm_viz_id",
            "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "gad_source", "gad_campaignid", "srsltid", "_ga", "_gl",
            "fbclid", "fb_action_ids", "fb_action_types", "fb_source", "igshid", "igsh", "msclkid", "twclid", "ttclid", "li_fat_id", "epik",
            "rdt_cid", "scclid",
            "yclid", "ysclid", "_openstat", "ymclid", "spm", "scm_id", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "__hssc", "__hstc",
            "__hsfp", "hsctatracking",
            "vero_id", "vero_conv", "oly_anon_id", "oly_enc_id", "ml_subscriber", "ml_subscriber_hash", "_kx", "wickedid", "rb_clickid",
            "_branch_match_id",
            "mtm_campaign", "mtm_source", "mtm_medium", "mtm_keyword", "mtm_content", "mtm_cid", "mtm_group", "mtm_placement",
            "pk_campaign", "pk_kwd", "pk_source", "pk_medium", "pk_content", "pk_cid", "piwik_campaign", "piwik_kwd",
            "x-amz-security-token",
            // Sessions of those who refuse cookies.
            "phpsessid", "jsessionid",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly Comparer<byte[]> ByByte = Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));

    /// <param name="query">Without its question mark.</param>
    /// <param name="host">The normal form of the host.</param>
    /// <returns>With its question mark; empty when nothing is left.</returns>
    public static string Normalize(string query, string host)
    {
        var parameters = query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(Parameter.Of)
            .Where(p => !IsTracking(PercentEncoding.Encode(p.Name, SafeInName), host))
            .ToList();
        // A query of flags only (names without "=") is not sorted: "?3&1" and "?1&3" can be two pages.
        if (parameters.Exists(p => p.Value is not null))
            parameters = [.. parameters.OrderBy(p => p.Name, ByByte)];
        return parameters.Count == 0 ? "" : "?" + string.Join('&', parameters);
    }

    private static bool IsTracking(string name, string host) =>
        Tracking.Contains(name)
        || name.StartsWith("WT.", StringComparison.Ordinal)
        // The key to a shared file; elsewhere it names what is shown.
        || (name is "resourcekey" && host.EndsWith(".google.com", StringComparison.Ordinal));

    /// <param name="Value">Null for a flag: <c>?print</c> says less than <c>?print=</c>.</param>
    private sealed record Parameter(byte[] Name, byte[]? Value)
    {
        /// <summary>A parameter as it stands between two <c>&amp;</c>, decoded.</summary>
        public static Parameter Of(string piece) => piece.Split('=', 2) switch
        {
            [var name, var value] => new Parameter(PercentEncoding.DecodePlus(name), PercentEncoding.DecodePlus(value)),
            _ => new Parameter(PercentEncoding.Decode(piece), null),
        };

        public override string ToString() => Value is null
            ? PercentEncoding.Encode(Name, SafeInFlag)
            : PercentEncoding.EncodePlus(Name, SafeInName) + "=" + PercentEncoding.EncodePlus(Value, SafeInValue);
    }
}
