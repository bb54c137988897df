using System.Collections.Frozen;

namespace Annotator.Domain.Languages;

/// <summary>The quotation marks of languages: <c>quotationStart</c> and <c>quotationEnd</c> of CLDR 48 (delimiters.json).</summary>
public static class QuotationMarks
{
    /// <summary>Those of English, and of more languages than any others.</summary>
    private static readonly (char Open, char Close) Usual = ('“', '”');

    private static readonly FrozenDictionary<string, (char Open, char Close)> Others =
        new (char Open, char Close, string Languages)[]
        {
            ('«', '»',
                "am ast az-Arab az-Cyrl bas be blo bm br bua ca cv dua dyo el es-US eu ewo fa fr gsw ht hy ie it jgo kab kk kkj "
                + "ksf ky lij mg mua mzn nb nn nnh no oc os pms pt-AO pt-CH pt-CV pt-GQ pt-GW pt-LU pt-MO pt-MZ pt-PT pt-ST pt-TL "
                + "rm ru rw sah sc sdh sg shi ti tyv uk wae yav zgh"),
            ('„', '“',
                "bg bs-Cyrl cs de dsb et hr hsb is ka ksh lb lt luy mk nds prg sgs sk sl"),
            ('„', '”',
                "agq bs ff hu nmg pl ro sr szl"),
            ('”', '”',
                "fi he lag rn se sn sv yi"),
            ('「', '」',
                "ja yue zh-Hant zh-TW zh-HK zh-MO"),
            ('”', '“',
                "ar lld ms-Arab syr ur"),
            ('‘', '’',
                "fur ia nl ti-ER tn"),
            ('“', '”',
                "bm-Nkoo ff-Adlm"),
            ('»', '«',
                "kk-Arab ug"),
            ('“', '’',
                "st"),
        }
        .SelectMany(row => row.Languages.Split(' ').Select(language => (language, (row.Open, row.Close))))
        .ToFrozenDictionary(row => row.language, row => row.Item2, StringComparer.OrdinalIgnoreCase);

    /// <summary>The marks before and after a quote in a language; those of English where it is not known.</summary>
    /// <param name="language">BCP 47 tag.</param>
    public static (char Open, char Close) Of(string? language)
    {
        for (var tag = language ?? ""; tag.Length > 0; tag = Parent(tag))
        {
            if (Others.TryGetValue(tag, out var marks))
                return marks;
        }

        return Usual;
    }

    private static string Parent(string tag) => tag.LastIndexOf('-') is > 0 and var end ? tag[..end] : "";
}
