#ifndef CMARKETPLACECRYPTO_SHIM_H
#define CMARKETPLACECRYPTO_SHIM_H

#if defined(__has_include) && !__has_include(<argon2.h>)
#error "argon2.h was not found: install libargon2-dev (Debian, Ubuntu: apt-get install libargon2-dev) or argon2 (Homebrew: brew install argon2), or build without the trait Crypto"
#endif

#if defined(__has_include) && !__has_include(<sodium.h>)
#error "sodium.h was not found: install libsodium-dev (Debian, Ubuntu: apt-get install libsodium-dev) or libsodium (Homebrew: brew install libsodium), or build without the trait Crypto"
#endif

#include <argon2.h>
#include <sodium.h>

#if SODIUM_LIBRARY_VERSION_MAJOR < 10
#error "libsodium 1.0.12 or later is needed, for XChaCha20-Poly1305: install a newer libsodium-dev (apt) or libsodium (brew)"
#endif

#endif
