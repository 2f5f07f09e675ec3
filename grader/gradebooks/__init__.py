"""The results of a class as other systems read them: gradebooks that a teacher has exported are
filled, others are written anew. Pure: bytes and values in, bytes and sentences out."""
