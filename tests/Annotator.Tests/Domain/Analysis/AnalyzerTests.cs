using Annotator.Domain.Analysis;
using Xunit;

namespace Annotator.Tests.Domain.Analysis;

public sealed class AnalyzerTests
{
    [Theory]
    [InlineData("Ｇｒöße ﬁ ①", "grosse fi 1")]
    [InlineData("ﾌｧｲﾙ ｶﾞ か\u3099", "ファイル ガ が")]
    [InlineData("Þunglyndi Æsir cœur Ørsted Đuro Łódź ısı İş", "thunglyndi aesir coeur orsted duro lodz isi is")]
    [InlineData("évaluation e\u0301 naïveté ΆΛΦΑ λόγος", "evaluation e naivete αλφα λογοσ")]
    [InlineData("שָׁלוֹם", "שלום")]
    [InlineData("مُهِمّ مـــلف على مدرسة آلة أثر کتاب فارسی", "مهم ملف علي مدرسه اله اثر كتاب فارسي")]
    [InlineData("йод ёлка и\u0306", "йод елка й")]
    [InlineData("กำ ไฟล์", "ก\u0e4dา ไฟล์")]
    [InlineData("क्षि पाठ", "क्षि पाठ")]
    [InlineData("資料庫 護城河 國際", "资料库 护城河 国际")]
    [InlineData("乾隆以後 麵包 頭髮 㑮", "干隆以后 面包 头发 𫝈")]
    [InlineData("٢٠٢٤ ۱۴۰۳ २०२४ １２ ๒๕๖๗ 𝟙𞥐", "2024 1403 2024 12 2567 10")]
    [InlineData("propor\u00adtion propor\u00ad\ntion propor\u00ad", "proportion propor-\ntion propor")]
    [InlineData("a\u200bb\u00adc\ufeff \u202eאב\u202c 葛\U000E0100", "abc אב 葛")]
    [InlineData("한 \u1112\u1161\u11ab", "한 한")]
    public void Spellings_that_mean_the_same_fold_alike(string text, string folded) => Assert.Equal(folded, Analyzer.Fold(text));

    [Theory]
    [InlineData("Running fast", "running fast")]
    [InlineData("文件", "文 文件 件")]
    [InlineData("木の探索", "木 木の の の探 探 探索 索")]
    [InlineData("추론 모델", "추 추론 론 모 모델 델")]
    [InlineData("ไฟ", "ไ ไฟ ฟ")]
    [InlineData("𠮷野", "𠮷 𠮷野 野")]
    [InlineData("METR时间", "metr 时 时间 间")]
    [InlineData("GPT-5.2-Codex", "gpt 5 2 codex")]
    [InlineData("kube-apiserver", "kube apiserver kubeapiserver")]
    [InlineData("of propor-\r\n tion", "of propor tion proportion")]
    [InlineData("a\u2011b - c-д 1-a x-1 文-a - b", "a b ab c д 1 x 文")]
    [InlineData("C++ and C#", "c c++ and c#")]
    [InlineData("C++17", "c c++ 17")]
    [InlineData("l'école don't", "l ecole don t")]
    [InlineData("snake_case a:b 'q' \"r\"", "snake case a b q r")]
    [InlineData("пример, مثال; παράδειγμα", "пример مثال παραδειγμα")]
    [InlineData("… — 🙂 \u0301", "")]
    public void A_text_is_found_by_its_lexemes(string text, string lexemes) =>
        Assert.Equal(lexemes, string.Join(' ', LexemesOf(text)));

    [Theory]
    [InlineData("的", "的", false)]
    [InlineData("文件", "文件", false)]
    [InlineData("操作系统", "操作 作系 系统", true)]
    [InlineData("資料庫", "资料 料库", true)]
    [InlineData("Größe", "grosse", false)]
    [InlineData("GPT-5.2-Codex", "gpt 5 2 codex", true)]
    [InlineData("C++", "c++", false)]
    [InlineData("time horizon", "time horizon", true)]
    [InlineData("METR 时间", "metr 时间", true)]
    [InlineData("…", "", false)]
    public void A_term_asks_for_the_fewest_lexemes(string term, string lexemes, bool isApproximate)
    {
        var query = Analyzer.Query(term);
        Assert.Equal(lexemes, string.Join(' ', query.Lexemes));
        Assert.Equal(isApproximate, query.IsApproximate);
        Assert.Equal(lexemes.Length == 0, query.IsEmpty);
        Assert.Null(query.Prefix);
    }

    [Fact]
    public void The_beginning_of_a_word_is_asked_for_apart()
    {
        var query = Analyzer.Query("Kube-api", prefix: true);
        Assert.Equal(["kube"], query.Lexemes);
        Assert.Equal("api", query.Prefix);
        Assert.Null(Analyzer.Query("文件", prefix: true).Prefix);
    }

    [Theory]
    [InlineData("en", "She runs", "she ~en:she runs ~en:run")]
    [InlineData("nb-NO", "husene", "husene ~gmq:hus")]
    [InlineData("zh-Hant", "跑 runs", "跑 runs ~en:run")]
    [InlineData("ru", "файлы runs", "файлы ~sla:файл runs")]
    [InlineData("es", "configuracion configuración", "configuracion ~roa:configur")]
    [InlineData("en", "read-\nings", "read ~en:read ings readings ~en:ing")]
    [InlineData("und", "runs", "runs")]
    [InlineData("is", "runs", "runs")]
    public void Texts_have_stems_of_their_language_only(string language, string text, string lexemes) =>
        Assert.Equal(lexemes, string.Join(' ', Analyzer.Index([new IndexedField(text, language)]).Lexemes));

    [Theory]
    [InlineData("файлов", "('файлов' | '~sla:файлов' | '~sla:файл')")]
    [InlineData("файл", "('файл' | '~sla:файл')")]
    [InlineData("მთა", "'მთა'")]
    [InlineData("文件系统", "('文件' & '件系' & '系统')")]
    [InlineData("C++", "'c++'")]
    [InlineData("файл-сервер", "('файл' & 'сервер')")]
    [InlineData("…", "")]
    public void A_word_may_be_a_form_of_any_language_that_has_it(string word, string lexical) =>
        Assert.Equal(lexical, Analyzer.Query(word, stems: true).Lexical);

    [Theory]
    [InlineData("Der Größte ist groß.", "GROSS", "groß")]
    [InlineData("configure, configured", "configure", "configure")]
    [InlineData("Use GPT-5.2-Codex-Max, not GPT 5", "gpt-5.2-codex", "GPT-5.2-Codex")]
    [InlineData("Use GPT-5.2-Codex-Max, not GPT 5", "gpt-5", "GPT-5|GPT 5")]
    [InlineData("C, C++ and C++17, but not C#", "c++", "C++|C++")]
    [InlineData("C, C++ and C#", "c", "C|C|C")]
    [InlineData("时间地平线的时间", "时间", "时间|时间")]
    [InlineData("國際資料庫", "资料库", "資料庫")]
    [InlineData("ｻｰﾊﾞｰとサーバー", "サーバー", "ｻｰﾊﾞｰ|サーバー")]
    [InlineData("サーバとバーチャル", "サーバー", "")]
    [InlineData("METR 时间地平线", "metr 时间", "METR 时间")]
    [InlineData("METR时间地平线", "METR 时间", "METR时间")]
    [InlineData("the time, horizon of time horizons", "time horizon", "time, horizon")]
    [InlineData("cafe\u0301 de\u0301ja\u0300", "cafe", "cafe\u0301")]
    [InlineData("รหัสผ่าน", "รห", "รหั")]
    [InlineData("ﬁle", "file", "ﬁle")]
    [InlineData("מִלָּה", "מלה", "מִלָּה")]
    [InlineData("nothing here", "…", "")]
    public void Places_of_a_term_are_whole_characters_of_the_original(string text, string term, string places) =>
        Assert.Equal(places, string.Join('|', Analyzer.Find(text, term).Select(range => text[range])));

    [Fact]
    public void Words_are_found_by_their_beginning_on_request()
    {
        const string text = "kubectl, Kubernetes and kube-proxy";
        Assert.Equal(
            "kubectl|Kubernetes|kube",
            string.Join('|', Analyzer.Find(text, Analyzer.Query("kube", prefix: true)).Select(range => text[range])));
    }

    [Fact]
    public void Places_of_several_terms_join_where_they_overlap()
    {
        const string text = "操作系统和系统调用";
        var terms = new[] { Analyzer.Query("操作系统"), Analyzer.Query("系统"), Analyzer.Query("调用") };
        Assert.Equal("操作系统|系统调用", string.Join('|', Analyzer.Find(text, terms).Select(range => text[range])));
    }

    [Fact]
    public void Long_words_are_cut_on_both_sides()
    {
        var word = new string('x', 200);
        Assert.Equal(64, Assert.Single(LexemesOf(word)).Length);
        Assert.Equal(LexemesOf(word), Analyzer.Query(word).Lexemes);
        Assert.True(Analyzer.Query(word).IsApproximate);
        Assert.Empty(Analyzer.Find(word + "y", word));
    }

    private static IReadOnlyCollection<string> LexemesOf(string text) => Analyzer.Index([new IndexedField(text, "und")]).Lexemes;
}
