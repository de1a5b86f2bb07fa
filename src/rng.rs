//! Random numbers that are the same on every machine for ever: xoshiro256++ (Blackman and Vigna 2019), in whole
//! numbers only.

use rand_core::{Rng as _, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// A generator. Its numbers depend on its seed and its stream alone.
#[derive(Clone, Debug)]
pub struct Rng(Xoshiro256PlusPlus);

impl Rng {
    /// The generator of a seed. Different streams of one seed, one for each island say, are independent.
    pub fn new(seed: u64, stream: u64) -> Rng {
        let mut expanded = [0; 32];
        let mut mixer = seed;
        for (word, bytes) in expanded.chunks_exact_mut(8).enumerate() {
            mixer = mix(mixer.wrapping_add(stream.wrapping_mul(word as u64 + 1)));
            bytes.copy_from_slice(&mixer.to_le_bytes());
        }
        Rng(Xoshiro256PlusPlus::from_seed(expanded))
    }

    /// A number from 0 to `n` − 1, each nearly as likely (off by less than n / 2⁶⁴); 0 when `n` is 0.
    #[inline]
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.bits()) * n as u128) >> 64) as usize
    }

    /// 64 bits, each 0 as often as 1.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// True `part` times out of `whole`.
    #[inline]
    pub fn chance(&mut self, part: usize, whole: usize) -> bool {
        self.below(whole) < part
    }

    /// Puts the items in random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for index in (1..items.len()).rev() {
            items.swap(index, self.below(index + 1));
        }
    }
}

/// A number that looks like chance but depends on `state` alone: a step of SplitMix64 (Steele, Lea and Flood 2014).
#[inline]
pub fn mix(state: u64) -> u64 {
    let z = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::Rng;

    #[test]
    fn the_stream_is_the_same_for_ever() {
        let mut rng = Rng::new(1, 0);
        let first: Vec<usize> = (0..6).map(|_| rng.below(1_000_000)).collect();
        assert_eq!(first, [461_847, 587_408, 794_518, 112_774, 353_068, 134_397]);
    }

    #[test]
    fn streams_differ() {
        let draw = |stream| Rng::new(1, stream).below(usize::MAX);
        assert_ne!(draw(0), draw(1));
        assert_ne!(draw(1), draw(2));
    }
}
