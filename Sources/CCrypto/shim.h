#include <openssl/bn.h>
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
#undef FUNCTION
