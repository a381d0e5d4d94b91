#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>

/* The types of the functions that are looked up by name instead of linked. */
#define FUNCTION(name) typedef __typeof__(name) *name##_function
FUNCTION(EVP_MD_CTX_new);
FUNCTION(EVP_MD_CTX_free);
FUNCTION(EVP_get_digestbyname);
FUNCTION(EVP_DigestInit_ex);
FUNCTION(EVP_DigestUpdate);
FUNCTION(EVP_DigestFinal_ex);
FUNCTION(BN_new);
FUNCTION(BN_free);
FUNCTION(BN_bin2bn);
FUNCTION(BN_bn2binpad);
FUNCTION(BN_CTX_new);
FUNCTION(BN_CTX_free);
FUNCTION(BN_mod_exp);
FUNCTION(EC_KEY_new_by_curve_name);
FUNCTION(EC_KEY_free);
FUNCTION(EC_KEY_set_public_key_affine_coordinates);
FUNCTION(ECDSA_SIG_new);
FUNCTION(ECDSA_SIG_free);
FUNCTION(ECDSA_SIG_set0);
FUNCTION(ECDSA_do_verify);
#undef FUNCTION
