using Annotator.Domain.Languages;
using CsCheck;
using Xunit;

namespace Annotator.Tests.Domain.Languages;

public sealed class LanguageDetectorTests(ITestOutputHelper output)
{
    private static readonly LanguageDetector Detector = new();

    [Theory]
    [InlineData("en", "A memory of the previous shift is what every new engineer lacks.")]
    [InlineData("de", "Das Gedächtnis der vorigen Schicht fehlt jedem neuen Ingenieur.")]
    [InlineData("fr", "La mémoire de l'équipe précédente manque à chaque nouvel ingénieur.")]
    [InlineData("es", "A cada ingeniero nuevo le falta la memoria del turno anterior.")]
    [InlineData("pt", "A cada engenheiro novo falta a memória do turno anterior, não é?")]
    [InlineData("it", "A ogni nuovo ingegnere manca la memoria del turno precedente.")]
    [InlineData("is", "Nýir verkfræðingar muna ekkert af því sem gerðist á síðustu vakt.")]
    [InlineData("vi", "Mỗi kỹ sư mới đến đều không nhớ gì về ca làm việc trước.")]
    [InlineData("tr", "Her yeni mühendis önceki vardiyada ne olduğunu hatırlamadan gelir.")]
    [InlineData("ru", "Каждый новый инженер приходит без памяти о прошлой смене.")]
    [InlineData("uk", "Кожен новий інженер приходить без пам'яті про минулу зміну.")]
    [InlineData("ar", "يصل كل مهندس جديد دون أي ذاكرة عما حدث في المناوبة السابقة.")]
    [InlineData("fa", "هر مهندس جدید بدون هیچ خاطره‌ای از شیفت قبلی می‌آید.")]
    [InlineData("hi", "हर नया इंजीनियर पिछली पाली की कोई याद लिए बिना आता है।")]
    public void Sentences_are_told_by_their_letters(string language, string text) => Assert.Equal(language, Detector.Detect(text).Value);

    [Theory]
    [InlineData("zh-Hans", "上下文传递问题")]
    [InlineData("zh-Hant", "上下文傳遞問題")]
    [InlineData("zh", "人工")]
    [InlineData("ja", "推論モデルの性能")]
    [InlineData("ja", "ボトルネック")]
    [InlineData("ko", "추론 모델")]
    [InlineData("th", "แบบจำลอง")]
    [InlineData("he", "מודל")]
    [InlineData("el", "μοντέλο")]
    [InlineData("hy", "մոդել")]
    public void A_script_of_one_language_decides_even_for_a_word(string language, string text) =>
        Assert.Equal(language, Detector.Detect(text).Value);

    [Theory]
    [InlineData("zh-Hans", "用 kube-apiserver 的 watch 机制")]
    [InlineData("zh-Hans", "[METR](https://metr.example/about-us-and-others) 时间地平线 `let horizon = measure(time);`")]
    [InlineData("en", "The researchers call this 时间地平线 and they measure it with tasks.")]
    [InlineData("ja", "**AI のボト**ルネック https://example.com/english/words/in/an/address")]
    [InlineData("und", "`the code is in a code span and does not count`")]
    [InlineData("und", "https://example.com/the/words/of/an/address")]
    [InlineData("und", "PMID: 21176924")]
    [InlineData("zh-Hans", "如果碰见问题，请发邮件到help@lists.example.org说明。")]
    [InlineData("zh-Hans", "@state参数是一个静态分配的状态")]
    [InlineData("ja", "https://example.com/a/page/in/Englishを参照してください")]
    [InlineData("ko", "www.example.com/english에서 찾았습니다")]
    [InlineData("und", "")]
    public void Terms_code_and_addresses_do_not_count(string language, string text) => Assert.Equal(language, Detector.Detect(text).Value);

    [Theory]
    [InlineData("lol", "en", "de", "en")]
    [InlineData("lol", null, "de", "de")]
    [InlineData("lol", "zh-Hans", "de", "de")]
    [InlineData("lol", "zh-Hans", "ja", "und")]
    [InlineData("PMID: 21176924\nGene: IDUA\nDisease: MPS1\nInheritance: Autosomal recessive", null, "en", "en")]
    [InlineData("Gene: IDUA\nDisease: MPS1", "ja", "zh-Hans", "und")]
    [InlineData("要確認", "ja", null, "ja")]
    [InlineData("要確認", "zh-Hant", "ja", "zh-Hant")]
    [InlineData("问题", "ja", null, "zh-Hans")]
    [InlineData("人工", "zh-TW", null, "zh-Hant")]
    [InlineData("人工", "en", "zh-Hans", "zh-Hans")]
    [InlineData("METR 时间地平线", "en", null, "zh-Hans")]
    [InlineData("GPT-5.2-Codex: Αποτελέσματα αναζήτησης", "en", "de", "el")]
    [InlineData("التركية (Windows)", null, "ar", "ar")]
    [InlineData("ok danke", null, null, "und")]
    [InlineData("ok danke", "de", "en", "de")]
    [InlineData("sí, pero no", null, "es", "es")]
    [InlineData("да, точно", "uk", "ru", "uk")]
    [InlineData("да, точно", null, "bg", "bg")]
    [InlineData("सही", null, null, "hi")]
    [InlineData("बरोबर", "mr", null, "mr")]
    [InlineData("The new engineers come with no memory of what was there.", "de", null, "en")]
    public void What_is_too_short_to_tell_goes_by_habit(string text, string? usual, string? other, string language) =>
        Assert.Equal(language, Detector.Detect(text, Tag(usual), Tag(other)).Value);

    [Fact]
    public void Of_comments_of_20_characters_19_in_20_are_told_rightly()
    {
        var told = LabelledComments.All.Select(c => (c.Language, c.Text, Told: Detector.Detect(c.Text))).ToList();
        Assert.All(told, c => Assert.True(c.Text.Length >= 20, c.Text));
        var languages = told.GroupBy(c => c.Language)
            .Select(comments => (Language: comments.Key.Value, Right: comments.Count(c => c.Told == c.Language), All: comments.Count()))
            .ToList();
        Assert.True(languages.Count >= 26);
        Assert.All(languages, l => Assert.True(l.All >= 8, l.Language));
        languages.ForEach(l => output.WriteLine($"{l.Language,-8} {l.Right} of {l.All}"));
        foreach (var wrong in told.Where(c => c.Told != c.Language))
            output.WriteLine($"{wrong.Language} taken for {wrong.Told}: {wrong.Text}");
        Assert.True(languages.Sum(l => l.Right) >= 0.95 * told.Count);
        // No language pays for the others. Danish and Norwegian are often written alike.
        Assert.All(languages, l => Assert.True(l.Right > 0.5 * l.All, l.Language));
    }

    [Fact]
    public void Any_text_has_a_language_or_none() => Gen.String.Sample(text => Assert.NotEmpty(Detector.Detect(text).Value), iter: 500);

    [Fact]
    public async Task Statistics_load_in_the_background()
    {
        var detector = new LanguageDetector();
        await detector.WarmUpAsync();
        Assert.Equal("nl", detector.Detect("Iedere nieuwe ingenieur komt zonder herinnering.").Value);
    }

    private static LanguageTag? Tag(string? tag) => tag is null ? null : LanguageTag.Parse(tag);

    [Fact]
    public void Statistics_that_were_given_back_are_there_again_when_they_are_needed()
    {
        const string german = "Ungewöhnliche Beobachtungen verdienen sorgfältige Aufmerksamkeit";
        var detector = new LanguageDetector();
        Assert.Equal("de", detector.Detect(german).Value);
        Assert.False(detector.Rest(TimeSpan.FromHours(1)));
        Assert.True(detector.Rest(TimeSpan.Zero));
        Assert.False(detector.Rest(TimeSpan.Zero));
        Assert.Equal("de", detector.Detect(german).Value);
    }
}
