//! When are two ways of writing a name the same name? Wide and narrow signs, older forms of signs, hiragana and katakana, small and
//! large kana.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

use super::built_in_rows;

#[derive(Debug, Deserialize)]
struct Variant {
    from: char,
    to: char,
}

static VARIANTS: LazyLock<BTreeMap<char, char>> = LazyLock::new(|| {
    let rows: Vec<Variant> = built_in_rows("variants.csv", include_str!("data/variants.csv"));
    rows.into_iter().map(|variant| (variant.from, variant.to)).collect()
});

/// A name as it is compared: in NFKC, without blanks, in katakana where it is kana, each sign in one form.
pub(super) fn folded(name: &str) -> String {
    let one = |sign: char| {
        // Hiragana stand 0x60 before their katakana.
        let sign = match sign {
            'ぁ'..='ゖ' => char::from_u32(sign as u32 + 0x60).unwrap_or(sign),
            _ => sign,
        };
        VARIANTS.get(&sign).copied().unwrap_or(sign)
    };
    name.nfkc().filter(|sign| !sign.is_whitespace()).map(one).collect()
}

/// A reading as it is compared: ヅ and ズ, ヂ and ジ sound alike, and large and small kana are not told apart.
pub(super) fn folded_reading(reading: &str) -> String {
    let one = |sign: char| match sign {
        'ヅ' => 'ズ',
        'ヂ' => 'ジ',
        'ァ' => 'ア',
        'ィ' => 'イ',
        'ゥ' => 'ウ',
        'ェ' => 'エ',
        'ォ' => 'オ',
        'ャ' => 'ヤ',
        'ュ' => 'ユ',
        'ョ' => 'ヨ',
        sign => sign,
    };
    folded(reading).chars().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_forms_wide_signs_and_kana_fold_into_one() {
        for (written, name) in [
            ("濱松市", "浜松市"),
            ("龍ヶ崎市", "竜ケ崎市"),
            ("鹽竈市", "塩釜市"),
            ("いわき市", "イワキ市"),
            ("ｻｯﾎﾟﾛ", "サツポロ"),
            ("静岡県　焼津市", "静岡県焼津市"),
            ("燒津", "焼津"),
        ] {
            assert_eq!(folded(written), folded(name), "{written}");
        }
        assert_eq!(folded_reading("やいづし"), folded_reading("ﾔｲｽﾞｼ"));
    }
}
