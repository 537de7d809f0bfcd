"""The questions: one file, one public function each."""
