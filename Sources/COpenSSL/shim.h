// SPDX-License-Identifier: Apache-2.0
// The door to OpenSSL's libcrypto: what Swift can't import by itself (macros, deprecated calls).

#ifndef CARTLINK_COPENSSL_H
#define CARTLINK_COPENSSL_H

// SHA256_Init, _Update and _Final are deprecated in OpenSSL 3 in favour of EVP, but a prepared SHA256_CTX can be copied
// as a plain value: 132 ns for a two-block HMAC, where a reused EVP_MAC takes 326 ns. docs/decisions/ has the page.
#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/opensslv.h>
#include <openssl/param_build.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>

// Macros don't import into Swift.
static inline int cartlink_rsa_padding_pkcs1(void) { return RSA_PKCS1_PADDING; }
static inline int cartlink_rsa_padding_pss(void) { return RSA_PKCS1_PSS_PADDING; }
static inline int cartlink_public_key_selection(void) { return EVP_PKEY_PUBLIC_KEY; }
static inline void cartlink_free(void *memory) { OPENSSL_free(memory); }

#endif
