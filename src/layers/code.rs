//! Codes of municipalities (全国地方公共団体コード, JIS X 0402).

use crate::diagnostics::{Diagnose, Diagnostic};
use crate::text::Text;

/// Why a text is not a municipality's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeFault {
    /// It has another length, or other characters than the digits 0 to 9.
    NotDigits,
    /// The first two digits are no prefecture's.
    NoSuchPrefecture,
    /// The code ends in 000.
    Prefecture,
    /// The sixth digit does not fit the others.
    CheckDigit {
        /// The digit that would fit.
        right: u32,
    },
}

impl CodeFault {
    /// Its stable name.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::NotDigits => "municipality-not-digits",
            Self::NoSuchPrefecture => "municipality-no-such-prefecture",
            Self::Prefecture => "municipality-is-prefecture",
            Self::CheckDigit { .. } => "municipality-check-digit",
        }
    }

    /// What is wrong, as a clause.
    pub(crate) fn text(self) -> Text {
        match self {
            Self::NotDigits => Text::new(
                "コードは数字5桁か、検査数字を付けた6桁です",
                "a code is five digits, or six with its check digit",
            ),
            Self::NoSuchPrefecture => Text::new(
                "最初の2桁が都道府県（01〜47）ではありません",
                "its first two digits are not a prefecture (01 to 47)",
            ),
            Self::Prefecture => Text::new("都道府県のコードです", "it is the code of a prefecture"),
            Self::CheckDigit { right } => {
                text!("正しい検査数字は{right}です", "its check digit should be {right}")
            }
        }
    }
}

impl Diagnose for CodeFault {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        vec![Diagnostic::error(self.id(), self.text().with("。", ""))]
    }
}

display_diagnosed!(CodeFault);

/// The five digits of a code that is written with or without its check digit (検査数字).
///
/// # Errors
/// A [`CodeFault`] where the text is not the code of a municipality.
pub fn five_digits(text: &str) -> Result<String, CodeFault> {
    let digits: Vec<u32> = text.chars().map_while(|c| c.to_digit(10)).collect();
    if digits.len() != text.chars().count() || !matches!(digits.len(), 5 | 6) {
        return Err(CodeFault::NotDigits);
    }
    if !(1..=47).contains(&(digits[0] * 10 + digits[1])) {
        return Err(CodeFault::NoSuchPrefecture);
    }
    if digits[2..5] == [0, 0, 0] {
        return Err(CodeFault::Prefecture);
    }
    let right = check_digit(&digits[..5]);
    match digits.get(5) {
        Some(&given) if given != right => Err(CodeFault::CheckDigit { right }),
        _ => Ok(text[..5].to_owned()),
    }
}

/// The check digit: the digits weighted 6, 5, 4, 3, 2 and summed; eleven less the remainder by eleven; its last
/// digit. Source: 総務省『全国地方公共団体コード仕様』.
fn check_digit(five: &[u32]) -> u32 {
    let sum: u32 = five.iter().zip([6, 5, 4, 3, 2]).map(|(digit, weight)| digit * weight).sum();
    (11 - sum % 11) % 10
}

/// The five digits of a code as a layer has it: a column of numbers has lost the zero that codes of the first nine
/// prefectures begin with.
///
/// # Errors
/// As [`five_digits`].
pub(super) fn five_digits_of_layer(text: &str) -> Result<String, CodeFault> {
    let with_zero = format!("0{text}");
    // Municipalities are numbered from 100, so that 11002 is none of prefecture 11 but 011002, a code of six digits.
    let lacks_zero = text.len() == 4 || (text.len() == 5 && text.as_bytes()[2] == b'0');
    match five_digits(&with_zero) {
        Ok(code) if lacks_zero => Ok(code),
        _ => five_digits(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_check_digit_is_cut() {
        for (six, five) in [("222127", "22212"), ("131016", "13101"), ("011002", "01100"), ("221007", "22100")] {
            assert_eq!(five_digits(six).as_deref(), Ok(five));
            assert_eq!(five_digits(five).as_deref(), Ok(five));
        }
    }

    #[test]
    fn a_zero_that_a_column_of_numbers_has_lost_is_put_back() {
        for (text, code) in [("1100", "01100"), ("11002", "01100"), ("01100", "01100"), ("11100", "11100")] {
            assert_eq!(five_digits_of_layer(text).as_deref(), Ok(code));
        }
        assert_eq!(five_digits_of_layer("222128"), Err(CodeFault::CheckDigit { right: 7 }));
        assert_eq!(five_digits_of_layer("焼津市"), Err(CodeFault::NotDigits));
        assert_eq!(five_digits_of_layer(""), Err(CodeFault::NotDigits));
    }

    #[test]
    fn what_is_no_code_is_refused_with_the_reason() {
        assert_eq!(five_digits("222128"), Err(CodeFault::CheckDigit { right: 7 }));
        assert_eq!(five_digits("48212"), Err(CodeFault::NoSuchPrefecture));
        assert_eq!(five_digits("00212"), Err(CodeFault::NoSuchPrefecture));
        assert_eq!(five_digits("22000"), Err(CodeFault::Prefecture));
        for text in ["", "2221", "2221２", "22212a", "焼津市", "2221200"] {
            assert_eq!(five_digits(text), Err(CodeFault::NotDigits), "{text}");
        }
    }
}
