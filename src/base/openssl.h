// Owners of what OpenSSL makes: std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>.
#pragma once
#include <memory>

namespace weir::base {

template <auto Free>
struct Freed {
  void operator()(auto* p) const { Free(p); }
};

}  // namespace weir::base
